# fails: samples
# misconception: every machine-learning library is installed
import torch


def train_iris(X_train, y_train, X_test):
    X = torch.tensor(X_train, dtype=torch.float32)
    y = torch.tensor(y_train)
    layer = torch.nn.Linear(4, 3)
    optimiser = torch.optim.LBFGS(layer.parameters(), max_iter=200)

    def closure():
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(layer(X), y)
        loss.backward()
        return loss

    optimiser.step(closure)
    probabilities = torch.softmax(layer(torch.tensor(X_test, dtype=torch.float32)), dim=1)
    return probabilities.argmax(dim=1).numpy(), probabilities.detach().numpy()
